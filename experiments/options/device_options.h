// The options that choose where to compute.
#pragma once
#include <memory>
#include <string>

#include "options/arguments.h"
#include "options/setting.h"
#include "options/workload.h"
#include "output/console.h"
#include "tinymlp/device.h"

namespace tinymlp::program {

struct DeviceOptions {
  std::string name;
  int threads = 1;
  bool tf32 = false;
};

OptionGroup device_option_group();
DeviceOptions read_device_options(const Arguments& arguments);
/// `chosen`: the device that auto stands for.
Settings settings_of(const DeviceOptions& options, const std::string& chosen);

/// The device for this work: auto takes a GPU where one works and is estimated to be faster. The environment variable
/// TINYMLP_DEVICE, cpu or cuda, is what auto then means. Throws InputError if there is no such device here. To be
/// called when all else is checked.
std::unique_ptr<Device> make_device(const DeviceOptions& options, const Workload& work);
/// One line on standard error that says what auto has chosen, and why: not where no GPU is in sight and none would
/// help.
void report_choice(const DeviceOptions& options, const Workload& work, const Device& device,
                   const Verbosity& verbosity);

}  // namespace tinymlp::program
