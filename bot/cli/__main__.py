"""`python -m bot.cli` is `jobcentre`."""

from bot.cli import main

main()
