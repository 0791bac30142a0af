// The files in assets/, which cmake/assets.cmake builds into the program.
#pragma once
#include <string_view>

namespace tinymlp::program {

std::string_view uplot_script();  // uPlot draws curves: https://github.com/leeoniya/uPlot, MIT licence beside it
std::string_view uplot_style();
std::string_view page_script();
std::string_view page_style();

}  // namespace tinymlp::program
