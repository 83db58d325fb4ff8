using System.ComponentModel.DataAnnotations;

namespace Assistance.Api.Security;

/// <summary>Section <c>Identity</c>: the OpenID Connect issuer whose tokens are accepted.</summary>
public sealed class IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>The issuer's address; its discovery document gives the keys.</summary>
    [Required]
    public string Authority { get; set; } = "";

    /// <summary>The audience that a token must be made out to; default <c>assistance</c>.</summary>
    [Required]
    public string Audience { get; set; } = "assistance";

    /// <summary>Whether the issuer must be reached over TLS; default true, and only a sandbox turns it off.</summary>
    public bool RequireHttps { get; set; } = true;
}
