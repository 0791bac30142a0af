// The one list of the built-in elementwise formulas, from which every device makes its kernels.
#pragma once
#include "adagrad_update.h"
#include "adam_updates.h"
#include "clip_formulas.h"
#include "prelu_formulas.h"
#include "rmsprop_updates.h"
#include "sgd_updates.h"
#include "state_formulas.h"
#include "tinymlp/activations.h"
#include "tinymlp/losses.h"

TINYMLP_BEGIN

/// Calls visit.operator()<Op>() for each formula Op that a device must know.
template <class Visit>
void for_each_formula(Visit visit) {
  for_each_activation([&]<class F>() {
    visit.template operator()<ActivationForward<F>>();
    visit.template operator()<ActivationBackward<F>>();
  });
  visit.template operator()<PReLUForward>();
  visit.template operator()<PReLUBackward>();
  visit.template operator()<PReLUSlopeGradient>();
  for_each_elementwise_loss([&]<class F>() { visit.template operator()<MeanOverElements<F>>(); });
  visit.template operator()<SgdUpdate>();
  visit.template operator()<MomentumUpdate>();
  visit.template operator()<NesterovUpdate>();
  visit.template operator()<AdamCorrections>();
  visit.template operator()<AdamUpdate>();
  visit.template operator()<RmsPropUpdate>();
  visit.template operator()<RmsPropMomentumUpdate>();
  visit.template operator()<AdagradUpdate>();
  visit.template operator()<SumOfSquares>();
  visit.template operator()<ClipToNorm>();
  visit.template operator()<Copy>();
  visit.template operator()<FiniteCheck>();
}

TINYMLP_END
