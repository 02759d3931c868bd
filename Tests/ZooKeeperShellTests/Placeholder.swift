enum ZooKeeperShellTestsPlaceholder {}
