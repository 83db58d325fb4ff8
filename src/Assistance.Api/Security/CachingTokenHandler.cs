using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assistance.Api.Security;

/// <summary>
/// Checks a token's signature once and its lifetime every time: the signature costs more than reading a case. Holds a
/// bounded number of tokens; when full it starts again.
/// </summary>
internal sealed class CachingTokenHandler(TimeProvider time) : TokenHandler
{
    private const int Most = 10_000;

    private readonly JsonWebTokenHandler inner = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<string, TokenValidationResult> valid = new();

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters parameters)
    {
        if (valid.TryGetValue(token, out var known))
        {
            if (known.SecurityToken.ValidTo > time.GetUtcNow().UtcDateTime)
            {
                return known;
            }

            valid.TryRemove(token, out _);
        }

        var result = await inner.ValidateTokenAsync(token, parameters);
        if (result.IsValid)
        {
            if (valid.Count >= Most)
            {
                valid.Clear();
            }

            valid.TryAdd(token, result);
        }

        return result;
    }

    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters parameters) =>
        inner.ValidateTokenAsync(token, parameters);

    public override SecurityToken ReadToken(string token) => inner.ReadToken(token);
}
