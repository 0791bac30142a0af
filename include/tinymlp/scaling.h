// Brings features to mean 0 and variance 1, and what a network must be given along with them.
#pragma once
#include <string_view>

#include "tinymlp/dataset.h"

namespace tinymlp {

/// Mean and standard deviation (of all rows, not of a sample: divided by n) of each feature of `data`, to be found from
/// the training part alone (LeCun, Bottou, Orr, Müller, "Efficient BackProp", 1998, section 4.3). A feature that is
/// constant gets the deviation 1, so that it becomes 0 and nothing is divided by 0. Right for numbers of any size that
/// a double holds. Throws InputError if there are no rows, or bytes, which are scaled otherwise.
InputScaling standardization(const DataSet& data);

/// Makes (x - mean) / deviation of every input, and remembers it in data.scaling. Bytes stay bytes where the scaling is
/// theirs, byte / 255; by any other they become inputs. Throws ShapeError if the scaling is not for these features,
/// InputError if the inputs are scaled already.
void scale_inputs(DataSet& data, const InputScaling& scaling);

/// What byte / 255 is as a scaling: what a device makes of bytes anyway.
InputScaling byte_scaling();

/// Throws InputError, naming row and column, for a feature or a target that is beyond what a float can hold: training
/// and prediction compute in floats. `part`: what the rows are a part of, as "the test part", if not the whole set.
void check_float_range(const DataSet& data, std::string_view part = {});

}  // namespace tinymlp
