using System.Security.Claims;
using Assistance.Domain.Shared;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Security;

internal static class SecurityRegistration
{
    public static void AddAssistanceSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<IdentityOptions>().BindConfiguration(IdentityOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<PersonalDataOptions>().BindConfiguration(PersonalDataOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PersonalDataOptions>, PersonalDataProtector.Validation>();
        builder.Services.AddSingleton<PersonalDataProtector>();

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<IdentityOptions>, TimeProvider>((jwt, identity, time) =>
            {
                jwt.Authority = identity.Value.Authority;
                jwt.Audience = identity.Value.Audience;
                jwt.RequireHttpsMetadata = identity.Value.RequireHttps;
                jwt.MapInboundClaims = false;
                jwt.TokenHandlers.Clear();
                jwt.TokenHandlers.Add(new CachingTokenHandler(time));
                jwt.TokenValidationParameters.NameClaimType = "sub";
                jwt.TokenValidationParameters.RoleClaimType = Officer.RolesClaim;
                jwt.TokenValidationParameters.ValidateIssuerSigningKey = true;
                // One time for everything: the sandbox's clock travels, and tokens travel with it.
                jwt.TokenValidationParameters.LifetimeValidator = (notBefore, expires, _, _) =>
                {
                    var now = time.GetUtcNow().UtcDateTime;
                    return expires is { } end && now < end && (notBefore is not { } start || start <= now.AddSeconds(30));
                };
            });

        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var (policy, roles) in Policies.RolesOf)
        {
            authorization.AddPolicy(policy, requirements => requirements
                .RequireAuthenticatedUser()
                .RequireRole(roles)
                .RequireAssertion(context => HasSubjectAndDivision(context.User, context.Resource as HttpContext)
                    && (!Policies.OfTheDistrict.Contains(policy) || Officer.Of(context.User).IsOfTheDistrict)));
        }

        // A route without a policy of its own is closed, not open.
        authorization.SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(Roles.All).Build());
    }

    private static bool HasSubjectAndDivision(ClaimsPrincipal user, HttpContext? http) =>
        user.FindFirstValue("sub") is { Length: > 0 and <= 64 } subject
        && subject.All(character => character is > ' ' and < '\u007f')
        && DivisionCode.TryParse(user.FindFirstValue(Officer.DivisionClaim), out var division)
        && division.Level is DivisionLevel.District or DivisionLevel.Subdistrict
        && http?.RequestServices.GetRequiredService<IOptions<DistrictOptions>>().Value.Division.Contains(division) == true;
}
