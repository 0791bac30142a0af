// What bench says of its measurements: tables for people, JSON for programs.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "bench/growth_figure.h"
#include "bench/limits.h"
#include "bench/tasks.h"
#include "tinymlp/cpu_info.h"

namespace tinymlp::program {

/// What computes: the CPU with so many threads, or a GPU.
struct BenchDevice {
  std::string name;            // "cpu", "cuda"
  std::optional<int> threads;  // of the CPU
  std::string text() const;    // "1 thread", "cuda"
};

struct TaskResult {
  const BenchTask* task;
  BenchDevice device;
  Timing timing;                   // of one unit
  std::optional<LeastTime> least;  // where the limits are known
};

std::string limits_text(const CpuInfo& cpu, const std::vector<Limits>& limits);
std::string results_text(const std::vector<TaskResult>& results);
std::string growth_text(const Growth& growth, const std::vector<BenchDevice>& devices,
                        const std::vector<Limits>& limits);

/// One object a line.
std::string limits_json(const CpuInfo& cpu, const std::vector<Limits>& limits);
std::string result_json(const TaskResult& result);
std::string growth_json(const Growth& growth, const std::vector<BenchDevice>& devices,
                        const std::vector<Limits>& limits);

}  // namespace tinymlp::program
