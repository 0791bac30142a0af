// Draws figures with gnuplot, where it is installed.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace tinymlp::program {

/// What the script in `directory` prints when gnuplot runs it there. Nothing if there is no gnuplot. Throws Error, with
/// what gnuplot says, if it fails.
std::optional<std::string> run_gnuplot(const std::filesystem::path& directory, const std::string& script);

/// The colours of Okabe and Ito (2008), which people who see colours differently can tell apart, for class 0, 1, …:
/// "#0072B2".
std::string class_colour(std::size_t label);

/// A text in single quotes as gnuplot reads it, without its markup.
std::string gnuplot_quoted(const std::string& text);

}  // namespace tinymlp::program
