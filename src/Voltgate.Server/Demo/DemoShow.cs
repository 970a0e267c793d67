using System.Text.Json;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Demo;

/// <summary>
/// What `./run` shows: data made through the public API, a simulated station on a real WebSocket, one whole session
/// with its webhooks and its cost, and then the lines to paste for the next one. A later start finds all that again.
/// </summary>
internal sealed class DemoShow(WebApplication app, ServerOptions options, Terminal terminal)
{
    private const string Loopback = "127.0.0.0/8";

    private const string NoKey = "No demo: this store was made without one, and its API key is not known here.";

    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    /// <summary>The demo's receiver is on loopback; unless the operator named networks, that one is allowed.</summary>
    public static ServerOptions Prepare(ServerOptions options) => options.Webhooks.AllowedPrivateNetworks.Count > 0
        ? options
        : options with { Webhooks = options.Webhooks with { AllowedPrivateNetworks = [Loopback] } };

    /// <summary>Plays until the server stops. Whatever goes wrong in it is shown and leaves the server alone.</summary>
    public async Task Play(CancellationToken cancel)
    {
        try
        {
            var memory = DemoMemory.Load(options.Storage);
            if (KeyOf(memory) is { } key) await Play(memory, key, cancel);
            else terminal.Print(NoKey, Ink.Yellow);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the server stops
        }
        catch (Exception failed) when (
            failed is HttpRequestException or JsonException or IOException or UnauthorizedAccessException)
        {
            // A demo that cannot go on must not take the server down.
            terminal.Print("The demo failed: " + failed.Message, Ink.Red);
        }
    }

    private async Task Play(DemoMemory? memory, string key, CancellationToken cancel)
    {
        var server = new Uri(app.Urls.First().Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "[::1]"));
        using var api = new DemoApi(server, key, terminal);
        await using var receiver = new DemoReceiver(terminal);
        await receiver.Start(cancel);

        var data = new DemoSetup(api, terminal, receiver.Url);
        if (memory is not null) receiver.Secret = memory.WebhookSecret;
        memory = memory is null ? null : await data.Find(memory with { ApiKey = key }, cancel);
        memory ??= await data.Make(cancel);
        if (memory is null) return;
        memory.Save(options.Storage);
        receiver.Secret = memory.WebhookSecret;
        await Live(memory, api, receiver, cancel);
    }

    private async Task Live(DemoMemory memory, DemoApi api, DemoReceiver receiver, CancellationToken cancel)
    {
        var fleet = DemoStation.Of(memory, api.Server, hurried: !memory.SessionHasRun, terminal);
        var living = fleet.Run(cancel);
        await fleet.Stations[0].When(s => s is { Online: true, Booted: true }).WaitAsync(cancel);
        await receiver.Next("chargestation.online", memory.Station, cancel);
        // Its first words are no part of the story.
        await Task.Delay(Settling, TimeProvider.System, cancel);
        if (!memory.SessionHasRun)
        {
            // Once, even if it is interrupted: its connector would be busy at the next start.
            (memory with { SessionHasRun = true }).Save(options.Storage);
            await new DemoSession(api, receiver, terminal).Run(memory, fleet.Stations[0], cancel);
        }

        new DemoInvitation(terminal, api.Server).Print(memory);
        await living;
    }

    private string? KeyOf(DemoMemory? memory) =>
        app.Services.GetRequiredService<Bootstrap>().KnownKey ?? memory?.ApiKey;
}
