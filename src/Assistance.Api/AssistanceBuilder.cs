using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Attachments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Drafts;
using Assistance.Api.Features.HomeVisits;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Notices;
using Assistance.Api.Features.Oversight;
using Assistance.Api.Features.Parameters;
using Assistance.Api.Features.Postings;
using Assistance.Api.Features.Procedures;
using Assistance.Api.Features.Reference;
using Assistance.Api.Features.Rehearsals;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Assistance.Api;

/// <summary>Everything the service is made of, and the order in which a request passes through it.</summary>
public static class AssistanceBuilder
{
    public static WebApplicationBuilder AddAssistance(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The contract's own limit is RequestBytes'. What is not far above it is drained after the refusal: a connection that
            // is cut while the client still sends may take the 413 with it.
            kestrel.Limits.MaxRequestBodySize = 4 * RequestBytes.Most;
        });

        services.AddOptions<DistrictOptions>().BindConfiguration(DistrictOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ISqlDialect>(provider => provider.GetRequiredService<IOptions<DatabaseOptions>>().Value switch
        {
            { Engine: DatabaseEngine.SqlServer } options => new SqlServerDialect(options.ConnectionString),
            var options => new SqliteDialect(options.ConnectionString),
        });
        services.AddSingleton<Database>();
        services.AddSingleton<SeedLoader>();
        services.AddSingleton<ReferenceStore>();
        services.AddSingleton<ParameterRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<ParameterRefresh>());

        builder.AddAssistanceSecurity();
        services.AddSingleton<AccessLog>();
        services.AddSingleton<SearchLog>();
        services.AddSingleton<SecurityLog>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        // A parameter that cannot be read is left to the query guard, which names it with whatever else is wrong.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.AddSingleton<RequestCheckFactory>();
        services.AddSingleton<ActRunner>();
        services.AddExceptionHandler<ProblemHandler>();
        services.AddProblemDetails();
        services.AddAssistanceOpenApi();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", tags: ["ready"]);
        services.AddHostedService<Housekeeping>();
        services.AddHostedService<EventNumbering>();

        services.AddUseCases();
        services.AddLookups();
        services.AddAttachments();
        builder.AddTelemetry();
        return builder;
    }

    /// <summary>Migrates where configured to, loads the reference data, and lays the pipeline.</summary>
    /// <param name="before">What a host lays in front of everything, such as the sandbox's Swagger UI.</param>
    public static async Task<WebApplication> BuildAssistanceAsync(this WebApplicationBuilder builder, Action<WebApplication>? before = null)
    {
        var app = builder.Build();
        await app.Services.PrepareDatabaseAsync();

        before?.Invoke(app);
        app.Use((http, next) =>
        {
            // Answers hold personal data, and the desks' machines are shared.
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return next(http);
        });
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => ProblemHandler.HandleStatusAsync(context.HttpContext));
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapSwagger("/openapi/{documentName}.{extension:regex(^(json|ya?ml)$)}").AllowAnonymous();
        app.MapProcedures();
        app.MapIntake();
        app.MapDrafts();
        app.MapAwards();
        app.MapAttachments();
        app.MapEvents();
        app.MapAgentMandates();
        app.MapAssessments();
        app.MapStandardRehearsals();
        app.MapHomeVisits();
        app.MapPostings();
        app.MapDesk();
        app.MapOversight();
        app.MapParameters();
        app.MapVerificationJobs();
        app.MapDepartments();
        app.MapDisagreements();
        app.MapConsents();
        return app;
    }

    /// <summary>Brings schema and seeds up to date; what the verb <c>migrate</c> does.</summary>
    public static async Task MigrateAsync(this IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        SchemaMigrations.Apply(options);
        await services.GetRequiredService<SeedLoader>().LoadAsync(options.SeedsPath, CancellationToken.None);
    }

    private static async Task PrepareDatabaseAsync(this IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<DatabaseOptions>>().Value.MigratesAtStart)
        {
            await services.MigrateAsync();
        }

        services.GetRequiredService<ReferenceStore>().Set(
            await services.GetRequiredService<Database>().ReadAsync(ReferenceData.LoadAsync, CancellationToken.None));
    }

    private static void AddUseCases(this IServiceCollection services)
    {
        services.AddSingleton<ListProcedures>();
        services.AddSingleton<SubmitApplication>();
        services.AddSingleton<ListApplications>();
        services.AddSingleton<GetApplication>();
        services.AddSingleton<PrintDocument>();
        services.AddSingleton<GetTimeline>();
        services.AddSingleton<ListLookups>();
        services.AddSingleton<RequestVerification>();
        services.AddSingleton<GetDisclosure>();
        services.AddSingleton<SealDisclosure>();
        services.AddSingleton<DisclosureActs>();
        services.AddSingleton<SupplyItem>();
        services.AddSingleton<ReturnSupply>();
        services.AddSingleton<AcknowledgeDisclosure>();
        services.AddSingleton<OverrideDisclosure>();
        services.AddSingleton<WaiveItem>();
        services.AddSingleton<ContestItem>();
        services.AddSingleton<GetComposition>();
        services.AddSingleton<DetermineComposition>();
        services.AddSingleton<DetermineObligor>();
        services.AddSingleton<ExtendPeriod>();
        services.AddSingleton<Transfers>();
        services.AddSingleton<MoveHousehold>();
        services.AddSingleton<ListTransfers>();
        services.AddSingleton<TakeUpTransfer>();
        services.AddSingleton<RequestArbitration>();
        services.AddSingleton<ArbitrateApplication>();
        services.AddSingleton<AcceptApplication>();
        services.AddSingleton<ReportToDistrict>();
        services.AddSingleton<AssessApplication>();
        services.AddSingleton<GetAssessment>();
        services.AddSingleton<ExplainAssessment>();
        services.AddSingleton<ReplayAssessment>();
        services.AddSingleton<SimulateAssessment>();
        services.AddSingleton<StartStandardRehearsal>();
        services.AddSingleton<GetStandardRehearsal>();
        services.AddHostedService<StandardRehearsalWorker>();
        services.AddSingleton<ReviewApplication>();
        services.AddSingleton<PostApplication>();
        services.AddSingleton<RecordPostingObjection>();
        services.AddSingleton<AnswerPostingObjection>();
        services.AddSingleton<ListPostingObjections>();
        services.AddSingleton<GetPublicPostings>();
        services.AddSingleton<ConfirmApplication>();
        services.AddSingleton<GetAward>();
        services.AddSingleton<ReportChange>();
        services.AddSingleton<AssessAdjustment>();
        services.AddSingleton<HearHousehold>();
        services.AddSingleton<DecideAdjustment>();
        services.AddSingleton<NoticeComposer>();
        services.AddSingleton<GetNotice>();
        services.AddSingleton<BeginDraft>();
        services.AddSingleton<SaveDraft>();
        services.AddSingleton<GetDraft>();
        services.AddSingleton<ListDrafts>();
        services.AddSingleton<DeleteDraft>();
        services.AddSingleton<RecordAgentMandate>();
        services.AddSingleton<ListAgentMandates>();
        services.AddSingleton<RevokeAgentMandate>();
        services.AddSingleton<RecordRelatedStaff>();
        services.AddSingleton<ListRelatedStaff>();
        services.AddSingleton<RecordComplaint>();
        services.AddSingleton<ListComplaints>();
        services.AddSingleton<RecordHomeVisit>();
        services.AddSingleton<ListHomeVisits>();
        services.AddSingleton<ListOutstandingItems>();
        services.AddSingleton<SearchApplications>();
        services.AddSingleton<SearchDuplicates>();
        services.AddSingleton<GetBurdenFigures>();
        services.AddSingleton<ConsentActs>();
        services.AddSingleton<ListConsents>();
        services.AddSingleton<RecordConsent>();
        services.AddSingleton<RevokeConsent>();
        services.AddSingleton<AskDepartment>();
        services.AddSingleton<ListSecurityEvents>();
        services.AddSingleton<ListDepartments>();
        services.AddSingleton<ListDeadLetters>();
        services.AddSingleton<RetryDeadLetters>();
        services.AddSingleton<ListSharingClocks>();
        services.AddSingleton<GetSharingFigures>();
        services.AddSingleton<GetLookupBody>();
        services.AddSingleton<ListParameters>();
        services.AddSingleton<GetParameterHistory>();
        services.AddSingleton<ProposeParameters>();
        services.AddSingleton<GetParameterUpload>();
        services.AddSingleton<ActivateParameters>();
        services.AddSingleton<CloseParameterUpload>();
        services.AddSingleton<StartVerificationJob>();
        services.AddSingleton<SteerVerificationJob>();
        services.AddSingleton<GetVerificationJob>();
        services.AddSingleton<ListVerificationJobRows>();
    }

    private static void AddAttachments(this IServiceCollection services)
    {
        services.AddOptions<AttachmentOptions>().BindConfiguration(AttachmentOptions.Section).ValidateDataAnnotations()
            .Validate<IOptions<DatabaseOptions>>(
                (attachments, database) => database.Value.Engine != DatabaseEngine.SqlServer || !string.IsNullOrEmpty(attachments.Folder),
                "With SQL Server several instances may run: set Attachments:Folder to a folder that they share.")
            .ValidateOnStart();
        services.AddSingleton<IFileStore, LocalFolderStore>();
        services.AddSingleton<AbandonedUploads>();
        services.AddSingleton<BeginUpload>();
        services.AddSingleton<AppendToUpload>();
        services.AddSingleton<GetAttachment>();
    }

    private static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter(DepartmentHealth.MeterName))
            .UseOtlpExporter();
    }
}
