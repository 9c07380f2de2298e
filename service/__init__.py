"""What runs: clock, settings, the runner (load, decide, save), loops, composition, command line, demo, simulation."""
