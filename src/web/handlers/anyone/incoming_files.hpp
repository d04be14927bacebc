// What comes in with a form that brings files: sealed where that form's files go, piece by piece, and what was not
// taken kept to be said on the page.
#pragma once
#include "app/draft_files.hpp"
#include "web/components.hpp"
#include "web/http/message.hpp"
#include "web/site.hpp"

namespace kith::web {

/// Where the files of one request go, by what its head brings along.
class FilesTo {
  public:
    virtual ~FilesTo() = default;
    /// The token stands before the files in our pages. Without it nothing is written at all.
    virtual bool is_own_form(std::string_view form_token) = 0;
    /// `not_found` when there is no longer anything to add them to; the page says so.
    virtual Result<std::unique_ptr<app::IncomingFile>> begin(std::string_view name) = 0;
};
std::unique_ptr<http::BodySink> take_files(Site& site, const http::Request& request, std::unique_ptr<FilesTo> to);

/// One file of an upload that was not taken, and why: "too_large", "kind", "empty", "too_many", "no_room".
struct FileTrouble {
    std::string name, what;
};
/// What came of the files of this request; `token_missing`: it came from no page of this browser, and none was taken.
struct FilesTaken {
    std::vector<FileTrouble> troubles;
    std::size_t taken = 0;
    bool token_missing = false;
    bool is_whole = true;
};
FilesTaken files_taken(const http::Request& request);
void add_file_troubles(Errors& errors, const FilesTaken& taken);

/// "Photo.jpg, 2.4 MB"
std::string file_words(const app::Original& file);

}  // namespace kith::web
