// Reads data/reference/: what PyTorch computed. data/reference/make_training_parts.py made the files.
#pragma once
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "source_folder.h"

namespace tinymlp {

inline nlohmann::json reference(const std::string& name) {
  return nlohmann::json::parse(std::ifstream(source_folder() / "data" / "reference" / name));
}

inline std::vector<double> reference_numbers(const nlohmann::json& numbers) {
  return numbers.get<std::vector<double>>();
}

}  // namespace tinymlp
