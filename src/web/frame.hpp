// What stands around every page: who runs this door, who is signed in, and what is said on each page.
#pragma once
#include <string>
#include <vector>

#include "web/html.hpp"

namespace kith::web {

/// The council, school or partnership whose door this is, out of its pack and settings.
struct Area {
    std::string name;  ///< "Plymouth Gateway"
    Url home = "/";
    Url privacy = "/privacy";
    Url complaints = "/complaints";
    Url accessibility = "/accessibility";
    Url languages = "/languages";
    /// Where "Leave this page quickly" goes: neutral, and not ours.
    Url elsewhere = "https://www.bbc.co.uk/weather";
};

enum class Setting { live, demonstration };

/// Around a page for the public.
struct PublicFrame {
    std::string title;  ///< of the page; the layout adds "Error:" and the area
    Area area;
    Setting setting = Setting::live;
    bool has_errors = false;
    Url back = {};  ///< the page before, or empty
    Url come_back = "/come-back";
};

struct NavigationItem {
    std::string text;
    Url href;
    bool is_here = false;
    std::string count = {};  ///< "4", or empty
};

enum class ShortcutKeys { on, off };

/// Around a page for people who work here.
struct StaffFrame {
    std::string title;
    Area area;
    Setting setting = Setting::live;
    bool has_errors = false;
    Url back = {};
    std::string back_text = {};
    std::string who = {};  ///< "Jo Marsh, manager"; empty before signing in
    Url me = "/me";        ///< their own page: password, second step, shortcut keys
    Url sign_out = "/sign-out";
    std::string form_token = {};
    std::vector<NavigationItem> navigation = {};
    std::string now = {};  ///< RFC 3339: clocks in the page run by it, not by the reader's machine
    ShortcutKeys keys = ShortcutKeys::on;
    std::vector<std::string> alarms = {};  ///< what administrators and custodians must be told while it lasts
};

}  // namespace kith::web
