// Settings as a table of a page.
#pragma once
#include "options/setting.h"
#include "report/page.h"

namespace tinymlp::program {

PageTable settings_table(const Settings& settings);

}  // namespace tinymlp::program
