"""What comes in from outside: faults with a place, YAML with positions, files read and written safely."""
