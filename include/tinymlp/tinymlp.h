// All of the library in one include, and how a batch becomes a gradient.
//
// A sample is a row of numbers, its features, with a target: what a network should say about it (dataset.h). A batch is
// some samples at once, a matrix x (batch, features) with targets t (batch, out). A network is a stack of layers, each
// a function y = f(x; w, b) of what it is given and of its parameters, the numbers that it learns (layer.h). Dense
// takes weighted sums, y = x w + b (dense.h); an activation bends each number by itself, y = f(x) (activation.h). A
// training step has five parts:
//   1. gather    copies the batch's samples, which are drawn by a shuffle, into x and t (device_dataset.h).
//   2. forward   sends x through the layers: the output of each is the input of the next, and that of the last is the
//                prediction. Every layer's output is kept, since the way back needs it (pass.h).
//   3. loss      is one number L for how wrong the predictions are, a mean over the batch, and how L changes with each
//                of them: dL/dy of the last layer, a matrix of y's shape (loss.h).
//   4. backward  goes from the last layer to the first. A layer is given dy = dL/dy and works out, by the chain rule,
//                how L changes with its parameters and with its input: dw, db and dx. Its dx is the dy of the layer
//                before it. For y = x w + b: dw = xᵀ dy, db = Σ dy over the batch, dx = dy wᵀ (dense.cpp); for an
//                activation: dx = dy f'(x). All dw and db together are the gradient (network.h).
//   5. optimizer moves each parameter a little against its gradient, as p ← p - η g, so that L falls (optimizer.h).
// The trainer repeats that, batch by batch and epoch by epoch (trainer.h); an epoch uses each sample once. A gradient
// is right if it is what small changes of each parameter do to L: gradient_check.h compares the two.
#pragma once
#include "tinymlp/activations.h"
#include "tinymlp/collapse.h"
#include "tinymlp/cuda.h"
#include "tinymlp/dataset.h"
#include "tinymlp/dense.h"
#include "tinymlp/device_dataset.h"
#include "tinymlp/dropout.h"
#include "tinymlp/early_stopping.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/generators.h"
#include "tinymlp/gradient_check.h"
#include "tinymlp/io/csv.h"
#include "tinymlp/io/idx.h"
#include "tinymlp/io/model.h"
#include "tinymlp/layer_health.h"
#include "tinymlp/linear_model.h"
#include "tinymlp/losses.h"
#include "tinymlp/measures.h"
#include "tinymlp/model.h"
#include "tinymlp/network.h"
#include "tinymlp/optimizers.h"
#include "tinymlp/parity.h"
#include "tinymlp/prelu.h"
#include "tinymlp/ranking.h"
#include "tinymlp/schedule.h"
#include "tinymlp/statistics.h"
#include "tinymlp/trainer.h"
