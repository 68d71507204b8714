"""The wire: webhooks, channels, inbox, turns, dispatch, outbox sender, clock, command line, wiring."""
