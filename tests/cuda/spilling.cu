// A kernel that needs more registers than it is allowed: the build must refuse it.
__global__ void __launch_bounds__(1024, 2) spilling_kernel(const float* x, float* y) {
  float values[96];
#pragma unroll
  for (int i = 0; i < 96; ++i) values[i] = x[i * 1024 + threadIdx.x];
  for (int turn = 0; turn < 3; ++turn)
#pragma unroll
    for (int i = 0; i < 96; ++i) values[i] = values[i] * values[(i * 7 + 1) % 96] + x[turn];
#pragma unroll
  for (int i = 0; i < 96; ++i) y[i * 1024 + threadIdx.x] = values[i];
}
