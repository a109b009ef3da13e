"""What is kept, by what it is about. A repository takes and returns the values of `bot.jobcentre`; it never commits."""
