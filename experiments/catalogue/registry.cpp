// Lists the experiments.
#include "catalogue/registry.h"

#include <algorithm>

#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

const std::vector<Experiment>& all_experiments() {
  static const std::vector<Experiment> all{
      linear_collapse(),
      linear_optimum(),
      linear_bottleneck(),
      linear_dynamics(),
      mnist1d(),
      linear_ceiling(),
      xor4(),
      playground(),
      spiral(),
      approximation(),
      fashion_mnist(),
      activation_curves(),
      tanh_is_sigmoid(),
      piecewise_linear(),
      vanishing_gradient(),
      initialization(),
      dying_relu(),
      matrix_product(),
      symmetry(),
      linear_regression(),
      polynomial(),
      weight_decay(),
      dropout(),
      symmetric_input(),
  };
  return all;
}

const Experiment& find_experiment(const std::string& id) {
  std::vector<std::string> ids;
  for (const Experiment& experiment : all_experiments()) {
    if (experiment.id == id) return experiment;
    ids.push_back(experiment.id);
  }
  throw InputError(unknown_name("experiment", id, ids));
}

}  // namespace tinymlp::program
