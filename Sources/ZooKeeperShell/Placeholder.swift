enum ZooKeeperShellPlaceholder {}
