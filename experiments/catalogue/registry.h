// The catalogue: every experiment, in the order in which they are best read.
#pragma once
#include <vector>

#include "grading/experiment.h"

namespace tinymlp::program {

const std::vector<Experiment>& all_experiments();
/// Throws InputError, with the nearest id, if there is none of that name.
const Experiment& find_experiment(const std::string& id);

// Linear stacks collapse.
Experiment linear_collapse();
Experiment linear_optimum();
Experiment linear_bottleneck();
Experiment linear_dynamics();
Experiment mnist1d();
Experiment linear_ceiling();
// Non-linear networks fit.
Experiment xor4();
Experiment playground();
Experiment spiral();
Experiment approximation();
Experiment fashion_mnist();
// What activations do.
Experiment activation_curves();
Experiment tanh_is_sigmoid();
Experiment piecewise_linear();
Experiment vanishing_gradient();
Experiment initialization();
Experiment dying_relu();
Experiment matrix_product();
Experiment symmetry();
// The rest of the book's chapter.
Experiment linear_regression();
Experiment polynomial();
Experiment weight_decay();
Experiment dropout();
Experiment symmetric_input();

}  // namespace tinymlp::program
