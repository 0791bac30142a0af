// The network that collapse looks at: one from a file, or one that it trains.
#pragma once
#include <optional>

#include "data/source.h"
#include "options/arguments.h"
#include "options/network_options.h"
#include "options/training_options.h"
#include "output/console.h"
#include "tinymlp/device.h"
#include "tinymlp/io/model.h"

namespace tinymlp::program {

/// What is asked for, checked, its files read.
struct SubjectRequest {
  std::optional<ModelFile> model;  // from a file; or else what to train:
  NetworkOptions network;
  TrainingOptions training;
  ModelDescription description;
  std::vector<Tensor> initial;  // where --init names a file
  DataParts parts;              // to train on
  std::optional<DataSet> rows;  // to compare outputs on, as the network takes them
};
/// Throws InputError.
SubjectRequest read_subject(const Arguments& arguments);

struct Subject {
  ModelDescription description;
  std::vector<Tensor> tensors;
  std::optional<DataSet> rows;  // that it was trained on, or could have been
  bool trained_here = false;
};
/// Trains where that is asked for. Throws Error if training diverges.
Subject make_subject(const SubjectRequest& request, Device& device, const Verbosity& verbosity);

}  // namespace tinymlp::program
