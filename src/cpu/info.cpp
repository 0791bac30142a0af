#include "tinymlp/cpu_info.h"

#include <algorithm>
#include <fstream>
#include <thread>

#include "cpu/gemm.h"
#include "cpu/simd.h"

TINYMLP_BEGIN

namespace {

std::string model_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name"))
      if (const auto colon = line.find(": "); colon != std::string::npos) return line.substr(colon + 2);
  return "";
}

}  // namespace

CpuInfo cpu_info() {
  return {model_name(), static_cast<int>(std::max(1U, std::thread::hardware_concurrency())),
          xsimd::default_arch::name(), static_cast<int>(lanes), gemm_description()};
}

TINYMLP_END
