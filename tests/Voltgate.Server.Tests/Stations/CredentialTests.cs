using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>How a station's identity and password live, from its creation on.</summary>
public sealed class CredentialTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_password_opens_until_it_is_reset_and_not_a_moment_longer(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        await using var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, box.Password);
        await station.Call("BootNotification", """{"chargePointVendor":"Test","chargePointModel":"One"}""");
        Assert.True(await box.IsOnline());
        await station.DisposeAsync();
        await box.Becomes(online: false);

        var reset = await box.Api.Patch($"/chargestations/{box.Id}/reset_password", "{}");
        var fresh = (string)reset.MustBe(200).Result["security"]!["password"]!;

        Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, box.Password!))).Status);
        Assert.Equal(101, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, fresh))).Status);
        Assert.DoesNotContain(
            fresh, (await box.Api.Get($"/chargestations/{box.Id}")).Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_renamed_station_comes_by_its_new_name_and_by_its_permanent_one(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        var renamed = "R-" + Guid.NewGuid().ToString("N")[..12];
        var answer = await box.Api.Patch($"/chargestations/{box.Id}", $$"""{"endpoint":"{{renamed}}"}""");
        var permanent = (string)answer.MustBe(200).Result["static_endpoint"]!;

        Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, box.Password!))).Status);
        Assert.Equal(401, (await box.Ask("/ocpp/" + renamed, RawSocket.Basic(box.Endpoint, box.Password!))).Status);
        Assert.Equal(101, (await box.Ask("/ocpp/" + renamed, RawSocket.Basic(renamed, box.Password!))).Status);
        await box.Becomes(online: false);
        Assert.Equal(101, (await box.Ask("/ocpp/" + permanent, RawSocket.Basic(permanent, box.Password!))).Status);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task No_tenant_takes_another_one_s_identity(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        var permanent = (string)(await box.Api.Get($"/chargestations/{box.Id}")).Result["static_endpoint"]!;
        using var other = await box.Server.Tenant();

        foreach (var endpoint in new[] { box.Endpoint, permanent })
        {
            var refused = await other.Post("/chargestations", $$"""{"name":"Box","endpoint":"{{endpoint}}"}""");
            Assert.Equal("endpoint_taken", refused.MustBe(409).Code);
        }

        (await other.Get($"/chargestations/{box.Id}")).MustBe(404);
        Assert.Empty((await other.Get($"/chargestations?endpoint={box.Endpoint}")).Items);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_identity_that_moves_to_another_tenant_leaves_its_sessions_behind(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        await using (var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, box.Password))
        {
            await station.Call("BootNotification", """{"chargePointVendor":"Test","chargePointModel":"One"}""");
            var started = await station.Call(
                "StartTransaction",
                """{"connectorId":1,"idTag":"MOVES","meterStart":0,"timestamp":"2026-11-01T10:00:00Z"}""");
            await station.Call("StopTransaction", $$"""
                {"transactionId":{{started["transactionId"]}},"meterStop":9,"timestamp":"2026-11-01T10:10:00Z"}
                """);
        }

        await box.Becomes(online: false);
        using var other = await box.Server.Tenant();
        (await box.Api.Patch($"/chargestations/{box.Id}", $$"""{"endpoint":"{{box.Endpoint}}-old"}""")).MustBe(200);
        var moved = (await other.Post(
            "/chargestations", $$"""{"name":"Box","endpoint":"{{box.Endpoint}}"}""")).MustBe(201).Result;

        Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, box.Password!))).Status);
        var password = (string)moved["security"]!["password"]!;
        Assert.Equal(101, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, password))).Status);
        Assert.Single((await box.Api.Get($"/sessions?chargestation={box.Id}")).MustBe(200).Items);
        Assert.Empty((await other.Get("/sessions")).MustBe(200).Items);
    }

    [Fact]
    public async Task A_deleted_station_is_cut_off_and_unknown()
    {
        await using var server = await TestServer.Start();
        using var box = await Box.Make(server, security: "basic_auth");
        using var socket = await box.Connect();
        await socket.Call("Heartbeat");

        (await box.Api.Delete($"/chargestations/{box.Id}")).MustBe(200);

        Assert.Null(await socket.CloseCode());
        Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, box.Password!))).Status);
        await Box.Until(() => Task.FromResult(server.Logs.All.Any(l => l.Contains("disconnected"))), "the end, logged");
        Assert.DoesNotContain(server.Logs.All, l => l.StartsWith("Error", StringComparison.Ordinal));
    }
}
