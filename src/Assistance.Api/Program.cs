using Assistance.Api;

var builder = WebApplication.CreateBuilder(args.Where(arg => arg != "migrate").ToArray());
builder.AddAssistance();
if (args.Contains("migrate"))
{
    await using var services = builder.Build();
    await services.Services.MigrateAsync();
    return;
}

var app = await builder.BuildAssistanceAsync();
await app.RunAsync();
