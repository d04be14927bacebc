// Every component, and pages in the states that are hard to come upon: nobody on duty, a closed front door, a sentence
// gone wrong. A demonstration shows them under /gallery; tests/browser/gallery.mjs looks at each in a real browser.
#pragma once
#include <span>

#include "web/frame.hpp"

namespace kith::web {

struct GalleryFrames {
    PublicFrame open;
    StaffFrame staff;
};
/// The frames of an area that is nobody's.
GalleryFrames gallery_frames();

struct GalleryState {
    std::string_view name;   ///< of its address
    std::string_view title;  ///< of the page, and of its line in the list
    Html (*draw)(GalleryFrames frames);
};
std::span<const GalleryState> gallery_states();

}  // namespace kith::web
