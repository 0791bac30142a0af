// Reads the options of the device, and makes it.
#include "options/device_options.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <thread>

#include "output/text_format.h"
#include "text.h"
#include "tinymlp/cuda.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

constexpr Index most_threads = 1024;
const std::string variable = "TINYMLP_DEVICE";

/// What auto means here: itself unless the environment says otherwise.
std::string meaning_of(const std::string& name) {
  const char* const text = name == "auto" ? std::getenv(variable.c_str()) : nullptr;
  if (!text || !*text) return name;
  const std::string meaning = text;
  if (meaning != "auto" && meaning != "cpu" && meaning != "cuda")
    throw InputError(in_quotes(meaning) + " is no device (the environment variable " + variable +
                     "): write auto, cpu or cuda");
  return meaning;
}

bool gpu_is_faster(const Workload& work, int threads) {
  const Estimate seconds = estimate(work, threads);
  return seconds.gpu < seconds.cpu;
}

std::string estimate_text(const Workload& work, int threads) {
  const Estimate seconds = estimate(work, threads);
  if (std::isinf(seconds.cpu)) return "";
  return ": an estimated " + two_digits(seconds.cpu) + " s on the CPU, " + two_digits(seconds.gpu) + " s on a GPU";
}

/// Whether someone expects a GPU to be here: its driver is, or its library is named.
bool gpu_is_in_sight() {
  std::error_code error;
  const char* const library = std::getenv("TINYMLP_CUDA_LIBRARY");
  return (library && *library) || std::filesystem::exists("/dev/nvidiactl", error) ||
         std::filesystem::exists("/dev/dxg", error);  // dxg: the subsystem for Linux
}

}  // namespace

OptionGroup device_option_group() {
  return {"Device",
          {{"device", "NAME", "auto, cpu or cuda; auto: a GPU where one works and is estimated to be faster", "auto"},
           {"threads", "N", "threads of the CPU (all cores); results do not depend on it"},
           {"tf32", "", "with --device cuda: products may round their factors to 10 bits, which is faster"}}};
}

DeviceOptions read_device_options(const Arguments& arguments) {
  DeviceOptions options;
  options.name = arguments.choice("device", {"auto", "cpu", "cuda"});
  options.tf32 = arguments.flag("tf32");
  // What an earlier run on a GPU recorded does not keep it from going on elsewhere, nor from going on as it began.
  if (options.tf32 && meaning_of(options.name) != "cuda" && !arguments.given("resume") && !arguments.is_of_file("tf32"))
    throw InputError("only a GPU rounds to TensorFloat-32 (--tf32): give --device cuda, too");
  options.threads = arguments.given("threads") ? static_cast<int>(arguments.whole("threads", 1, most_threads))
                                               : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return options;
}

Settings settings_of(const DeviceOptions& options, const std::string& chosen) {
  return {{"device", chosen}, {"threads", static_cast<std::int64_t>(options.threads)}, {"tf32", options.tf32}};
}

std::unique_ptr<Device> make_device(const DeviceOptions& options, const Workload& work) {
  const std::string name = meaning_of(options.name);
  if (name == "cpu" || (name == "auto" && !gpu_is_faster(work, options.threads)))
    return make_cpu_device(options.threads);
  const std::string problem = cuda_status().problem;
  if (problem.empty()) return make_cuda_device({.tf32 = options.tf32});
  if (name == "cuda")
    throw InputError("no GPU can be used (" + (options.name == name ? "--device" : variable) + std::string(" cuda): ") +
                     problem);
  return make_cpu_device(options.threads);
}

void report_choice(const DeviceOptions& options, const Workload& work, const Device& device,
                   const Verbosity& verbosity) {
  if (options.name != "auto" || verbosity.quiet) return;
  const std::string begin = "device   auto: " + std::string(device.name());
  if (meaning_of(options.name) != "auto")
    remark(verbosity, begin + ", as " + variable + " says");
  else if (!gpu_is_faster(work, options.threads)) {
    if (gpu_is_in_sight()) remark(verbosity, begin + estimate_text(work, options.threads));
  } else if (device.name() == "cuda")
    remark(verbosity, begin + ", " + cuda_status().gpus.front().name + estimate_text(work, options.threads));
  else
    remark(verbosity, begin + ", since no GPU can be used: " + cuda_status().problem);
}

}  // namespace tinymlp::program
