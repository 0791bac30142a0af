// tinymlp devices: what can compute here, and why something cannot.
#include <nlohmann/json.hpp>

#include "commands.h"
#include "output/console.h"
#include "output/text_format.h"
#include "tinymlp/cpu_info.h"
#include "tinymlp/cuda.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

Syntax syntax() {
  return {.command = "devices",
          .arguments = {},
          .usage = "[options]",
          .summary = "what can compute here, and why something cannot",
          .groups = {{"Output", {{"json", "", "standard output is one JSON object"}}}},
          .notes = {},
          .examples = {"devices", "devices --json"}};
}

std::string capability(const GpuInfo& gpu) {
  return std::to_string(gpu.capability_major) + "." + std::to_string(gpu.capability_minor);
}

Json json(const CpuInfo& cpu, const CudaStatus& cuda) {
  const auto version = [](int number) { return number == 0 ? Json() : Json(cuda_version_text(number)); };
  Json gpus = Json::array();
  for (const GpuInfo& gpu : cuda.gpus)
    gpus.push_back({{"name", gpu.name},
                    {"memory", gpu.memory},
                    {"capability", capability(gpu)},
                    {"multiprocessors", gpu.multiprocessors}});
  return {{"cpu",
           {{"model", cpu.model},
            {"cores", cpu.cores},
            {"simd", cpu.instructions},
            {"products", cpu.products},
            {"threads", cpu.cores}}},
          {"cuda",
           {{"usable", cuda.problem.empty()},
            {"problem", cuda.problem.empty() ? Json() : Json(cuda.problem)},
            {"gpus", gpus},
            {"driver", version(cuda.driver_version)},
            {"runtime", version(cuda.runtime_version)}}}};
}

std::string count_of(int number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

void print_table(const CpuInfo& cpu, const CudaStatus& cuda) {
  print("cpu   " + (cpu.model.empty() ? "" : cpu.model + ", ") + count_of(cpu.cores, "core") + ", SIMD " +
        cpu.instructions + " (" + std::to_string(cpu.lanes) + " numbers at a time), matrix products by " +
        cpu.products + ", " + count_of(cpu.cores, "thread") + " unless --threads says otherwise\n");
  constexpr double gibibyte = 1U << 30U;
  for (const GpuInfo& gpu : cuda.gpus)
    print("cuda  " + gpu.name + ", " + fixed(static_cast<double>(gpu.memory) / gibibyte, 1) +
          " GiB, compute capability " + capability(gpu) + ", " + count_of(gpu.multiprocessors, "multiprocessor") +
          "; CUDA " + cuda_version_text(cuda.driver_version) + " in the driver, " +
          cuda_version_text(cuda.runtime_version) + " in tinymlp\n");
  if (!cuda.problem.empty()) print("cuda  no GPU can be used: " + cuda.problem + "\n");
}

void run(const Arguments& arguments) {
  const CpuInfo cpu = cpu_info();
  const CudaStatus cuda = cuda_status();
  if (arguments.flag("json"))
    print(json(cpu, cuda).dump() + "\n");
  else
    print_table(cpu, cuda);
}

}  // namespace

Command devices_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
