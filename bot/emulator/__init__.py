"""The platform played on this machine: signed pushes and a fake API, for simulator, tests and fake-platform."""
