"""From records to commands, noun by noun (资料到命令)."""
