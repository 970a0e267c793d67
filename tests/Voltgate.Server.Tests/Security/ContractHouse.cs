using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Voltgate.Server.Tests.Security;

/// <summary>A provider of contracts, as docs/plug-and-charge.md describes it: it says what a test tells it to.
/// </summary>
internal sealed class ContractHouse : IAsyncDisposable
{
    private readonly WebApplication app;

    private ContractHouse(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>What it was asked: the path, the bearer token and the body.</summary>
    public ConcurrentQueue<(string Path, string? Token, JsonNode Body)> Asked { get; } = [];

    /// <summary>What it answers; null: nothing, ever.</summary>
    public Func<JsonNode, (int Status, string Text)?> Says { get; set; } = _ => (200, "{}");

    public static async Task<ContractHouse> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var house = new ContractHouse(builder.Build());
        house.app.Run(house.Answer);
        await house.app.StartAsync();
        var addresses = house.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        house.Url = new Uri(addresses.Addresses.Single());
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!;
        Asked.Enqueue((http.Request.Path, (string?)http.Request.Headers.Authorization, body));
        if (Says(body) is not var (status, text))
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        http.Response.StatusCode = status;
        await http.Response.WriteAsync(text, http.RequestAborted);
    }
}
