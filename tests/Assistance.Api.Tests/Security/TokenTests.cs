using System.Net;
using System.Net.Http.Headers;
using Assistance.Api.Features.Lookups;
using Assistance.Sandbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assistance.Api.Tests.Security;

public sealed class TokenTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task Without_a_token_it_is_401() => Assert.That(await StatusAsync(null), Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task An_expired_token_is_401() =>
        Assert.That(await StatusAsync(Token(request => request with { Lifetime = TimeSpan.FromSeconds(-1) })), Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task A_token_that_expires_between_two_calls_is_401_at_the_second()
    {
        var token = Token(request => request with { Lifetime = TimeSpan.FromHours(1) });
        Assert.That(await StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));

        World.Clock.Forward(TimeSpan.FromHours(2));

        Assert.That(await StatusAsync(token), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_token_for_another_audience_is_401() =>
        Assert.That(await StatusAsync(Token(request => request with { Audience = "another-service" })), Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task An_unsigned_token_is_401()
    {
        var parts = Token(request => request).Split('.');
        var header = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");

        Assert.That(await StatusAsync($"{header}.{parts[1]}."), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_token_signed_with_another_key_is_401()
    {
        using var stranger = new SimulatedIssuer(World.Clock) { Address = World.Address };

        Assert.That(await StatusAsync(stranger.Issue(new TokenRequest("clerk", ["clerk"], Street))), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_token_without_a_role_is_403() =>
        Assert.That(await StatusAsync(Token(request => request with { Roles = [] })), Is.EqualTo(HttpStatusCode.Forbidden));

    [TestCase("")]
    [TestCase("14")]
    [TestCase("140213054002")]
    [TestCase("14021305x")]
    public async Task A_token_without_an_offices_division_is_403(string division) =>
        Assert.That(await StatusAsync(Token(request => request with { Division = division })), Is.EqualTo(HttpStatusCode.Forbidden));

    [TestCase("reviewer", "")]
    [TestCase("department", "")]
    [TestCase("clerk", "/00000000-0000-0000-0000-000000000001/assessment")]
    [TestCase("clerk", "/00000000-0000-0000-0000-000000000001/confirmation")]
    [TestCase("reviewer", "/00000000-0000-0000-0000-000000000001/confirmation")]
    [TestCase("confirmer", "/00000000-0000-0000-0000-000000000001/preliminary-review")]
    [TestCase("auditor", "/00000000-0000-0000-0000-000000000001/acceptance")]
    public async Task An_act_of_another_role_is_403(string role, string act) =>
        Refused(await As(role, Street).PostAsync($"/v1/applications{act}", "{}"), 403, "forbidden");

    [Test]
    public void Every_route_but_health_contract_and_what_is_posted_names_its_policy_or_takes_a_departments_signature()
    {
        var open = Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null && endpoint.Metadata.GetMetadata<SignedByDepartment>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.That(open, Is.EquivalentTo(new[]
        {
            "/health/live", "/health/ready", "/openapi/{documentName}.{extension:regex(^(json|ya?ml)$)}",
            "/v1/public-postings", "/v1/published-grants", "/public-postings",
        }));
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task Health_is_open_and_healthy(string path) => Assert.That(await Http.GetStringAsync(path), Is.EqualTo("Healthy"));

    private string Token(Func<TokenRequest, TokenRequest> with) => World.Issuer.Issue(with(new TokenRequest("clerk-1", ["clerk"], Street)));

    private async Task<HttpStatusCode> StatusAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/applications");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }
}
