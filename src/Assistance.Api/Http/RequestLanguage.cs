using Assistance.Api.Features.Reference;

namespace Assistance.Api.Http;

/// <summary>Chinese, unless <c>Accept-Language</c> ranks English above it.</summary>
internal static class RequestLanguage
{
    public static Language Of(HttpContext http)
    {
        if (http.Request.Headers.AcceptLanguage.Count == 0)
        {
            return Language.Zh;
        }

        var preferred = http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value)
            .FirstOrDefault(language => language is not null
                && (language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) || language.StartsWith("en", StringComparison.OrdinalIgnoreCase)));
        return preferred?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? Language.En : Language.Zh;
    }
}
