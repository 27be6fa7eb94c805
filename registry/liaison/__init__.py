"""Liaisons: cadres who keep in touch with scientists (直接联系科技工作者)."""
