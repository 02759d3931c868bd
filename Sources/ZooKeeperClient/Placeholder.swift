enum ZooKeeperClientPlaceholder {}
