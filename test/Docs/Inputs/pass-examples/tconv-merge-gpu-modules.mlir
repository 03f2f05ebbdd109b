module attributes {gpu.container_module} {
  func.func @f(%n: index) {
    gpu.launch_func @a::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n)
    gpu.launch_func @b::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n)
    return
  }
  gpu.module @a {
    gpu.func @kernel() kernel {
      gpu.return
    }
  }
  gpu.module @b {
    gpu.func @kernel() kernel {
      gpu.return
    }
  }
}
