// Checkpoints: the state of a run as the bytes of one safetensors file of 64-bit numbers, which hold all of it exactly.
//
//   trainer.position              epochs done, steps done of the next, seconds they took, epochs planned
//   trainer.losses, .correct      what each of those steps saw
//   trainer.values.0.parameters   the parameters, in the order of the network's array, and the optimizer's memory
//   trainer.epoch_start.0.…       the same when the epoch under way began
//   trainer.schedule              factor, best loss, epochs since
//   early_stopping.position       last epoch, best epoch, its loss
//   early_stopping.best           the parameters then
//   epochs                        a row for each: the columns of metrics.csv, and which of them there are
#pragma once
#include <string>
#include <string_view>

#include "training/fit_state.h"

namespace tinymlp::program {

/// The same state gives the same bytes.
std::string format_checkpoint(const FitState& state);

/// Throws InputError, naming `name`, unless the bytes are those of a checkpoint.
FitState parse_checkpoint(std::string_view bytes, const std::string& name);

}  // namespace tinymlp::program
