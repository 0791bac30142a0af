// What train --plot shows when all is done.
#pragma once
#include <vector>

#include "output/console.h"
#include "output/epoch_record.h"
#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

/// The losses and, where there are two features, the plane. On standard output; with --json on standard error, for
/// standard output has only JSON then.
void show_run_plots(const Verbosity& verbosity, const std::vector<EpochRecord>& epochs, const Network& network,
                    const ModelDescription& description, const DataSet& training);

}  // namespace tinymlp::program
