// Dropout on the GPU: see Device.
#pragma once
#include "cuda/queue.h"
#include "tinymlp/device.h"

TINYMLP_BEGIN

void dropout(const CudaQueue& queue, const DropoutMask& mask, const Step* step, ConstMatrixView from, MatrixView to);

TINYMLP_END
