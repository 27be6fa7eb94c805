"""What each kind of row comes to: commands, by what the register believes (各类行的命令)."""
