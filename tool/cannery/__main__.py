"""Run the command line as `python -m cannery`."""

from cannery.cli.start import start

if __name__ == "__main__":
    start()
