enum ZooKeeperClientTestsPlaceholder {}
