// A setting in force, by the name of its option: what run.json keeps, and what makes the same run again.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tinymlp::program {

using SettingValue = std::variant<bool, std::int64_t, std::uint64_t, double, std::string>;
using Settings = std::vector<std::pair<std::string, SettingValue>>;

}  // namespace tinymlp::program
