using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistance.Api.Http;

internal static class Pages
{
    public static ContentHttpResult Html(string page) => TypedResults.Content(page, "text/html; charset=utf-8");
}
