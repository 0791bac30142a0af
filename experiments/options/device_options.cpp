// Reads the options of the device, and makes it.
#include "options/device_options.h"

#include <algorithm>
#include <thread>

#include "tinymlp/cuda.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {
constexpr Index most_threads = 1024;
}

OptionGroup device_option_group() {
  return {"Device",
          {{"device", "NAME", "auto, cpu or cuda; auto: the best there is", "auto"},
           {"threads", "N", "threads of the CPU (all cores); results do not depend on it"}}};
}

DeviceOptions read_device_options(const Arguments& arguments) {
  DeviceOptions options;
  options.name = arguments.choice("device", {"auto", "cpu", "cuda"});
  options.threads = arguments.given("threads") ? static_cast<int>(arguments.whole("threads", 1, most_threads))
                                               : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return options;
}

Settings settings_of(const DeviceOptions& options, const std::string& chosen) {
  return {{"device", chosen}, {"threads", static_cast<std::int64_t>(options.threads)}};
}

std::unique_ptr<Device> make_device(const DeviceOptions& options) {
  if (options.name == "cpu") return make_cpu_device(options.threads);
  const std::string problem = cuda_status().problem;
  if (problem.empty()) return make_cuda_device();
  if (options.name == "cuda") throw InputError("no GPU can be used (--device cuda): " + problem);
  return make_cpu_device(options.threads);
}

void report_choice(const DeviceOptions& options, const Device& device, const Verbosity& verbosity) {
  if (options.name != "auto" || verbosity.quiet) return;
  const CudaStatus cuda = cuda_status();
  remark(verbosity, device.name() == "cuda" ? "device   auto: cuda, " + cuda.gpus.front().name
                                            : "device   auto: cpu, since no GPU can be used: " + cuda.problem);
}

}  // namespace tinymlp::program
