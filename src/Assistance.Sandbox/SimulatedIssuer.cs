using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assistance.Sandbox;

/// <summary>An OpenID Connect issuer: discovery, keys, and tokens for any officer who is asked for. Only for a sandbox.</summary>
public sealed class SimulatedIssuer(TimeProvider time) : IDisposable
{
    private readonly RSA rsa = RSA.Create(2048);
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>The issuer's own address, known once its host has started.</summary>
    public string Address { get; set; } = "";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = Address,
            ["jwks_uri"] = $"{Address}/jwks",
            ["token_endpoint"] = $"{Address}/tokens",
            ["id_token_signing_alg_values_supported"] = new[] { SecurityAlgorithms.RsaSha256 },
        });
        routes.MapGet("/jwks", () =>
        {
            var key = rsa.ExportParameters(includePrivateParameters: false);
            return new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA", use = "sig", kid = "sandbox", alg = SecurityAlgorithms.RsaSha256,
                        n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent),
                    },
                },
            };
        });
        routes.MapPost("/tokens", (TokenRequest request) => new { access_token = Issue(request), token_type = "Bearer" });
    }

    /// <summary>A signed token; the lifetime is counted on the sandbox's clock.</summary>
    public string Issue(TokenRequest request)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = request.Audience ?? "assistance",
            Subject = new ClaimsIdentity([new Claim("sub", request.Subject)]),
            Claims = new Dictionary<string, object> { ["roles"] = request.Roles, ["division"] = request.Division },
            NotBefore = now.AddMinutes(-1),
            IssuedAt = now,
            Expires = now + (request.Lifetime ?? TimeSpan.FromHours(12)),
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "sandbox" }, SecurityAlgorithms.RsaSha256),
        });
    }

    public void Dispose() => rsa.Dispose();
}

/// <summary>Whom a token is for. A negative lifetime makes an expired one.</summary>
public sealed record TokenRequest(string Subject, IReadOnlyList<string> Roles, string Division, string? Audience = null, TimeSpan? Lifetime = null);
