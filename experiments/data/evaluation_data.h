// The rows to look at a model with, as the model takes them.
#pragma once
#include "data/source.h"
#include "options/loss_options.h"
#include "tinymlp/io/model.h"

namespace tinymlp::program {

/// The test part of a set that comes split, as generated ones and images do; all rows of a CSV, unless --test-fraction
/// or
/// --test-data says otherwise. Columns, classes and scaling are made to fit the model. What a file of other origin does
/// not tell of the model (task, classes, loss) is taken from the data: `model` is completed. `loss`: of such a model,
/// or auto. Throws InputError where they do not fit together.
DataSet load_evaluation_data(const DataOptions& options, ModelFile& model, const LossOptions& loss);

}  // namespace tinymlp::program
