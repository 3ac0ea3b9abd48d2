"""Alerts and corrections in the chat: who subscribes, how they read, and how they are sent."""
