// The options that choose where to compute.
#pragma once
#include <memory>
#include <string>

#include "options/arguments.h"
#include "options/setting.h"
#include "output/console.h"
#include "tinymlp/device.h"

namespace tinymlp::program {

struct DeviceOptions {
  std::string name;
  int threads = 1;
};

OptionGroup device_option_group();
DeviceOptions read_device_options(const Arguments& arguments);
/// `chosen`: the device that auto stands for.
Settings settings_of(const DeviceOptions& options, const std::string& chosen);

/// Throws InputError if there is no such device here. To be called when all else is checked.
std::unique_ptr<Device> make_device(const DeviceOptions& options);
/// One line on standard error that says what auto has chosen, and why.
void report_choice(const DeviceOptions& options, const Device& device, const Verbosity& verbosity);

}  // namespace tinymlp::program
