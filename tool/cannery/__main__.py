"""Run the command line as `python -m cannery`."""

from cannery.cli.app import main

if __name__ == "__main__":
    main()
