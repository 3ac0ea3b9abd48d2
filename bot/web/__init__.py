"""What Citebot shows over HTTP, and the emulator that stands in for Telegram."""
