"""Run the command line as `python -m cannery`."""

from cannery.start import start

if __name__ == "__main__":
    start()
